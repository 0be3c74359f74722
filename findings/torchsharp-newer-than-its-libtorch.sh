#!/usr/bin/env bash
# TorchSharp 0.107.0: its own native library asks for a newer C++ runtime than the libtorch it calls.
#
# libtorch 2.10, as NuGet's libtorch-cpu-linux-x64 2.10.0 has it, is content with GLIBCXX_3.4.26 (GCC 9). TorchSharp's shim
# of 2.4 MB, libLibTorchSharp.so, was compiled by a later GCC and needs GLIBCXX_3.4.32 (GCC 13). So on Debian 12 or Ubuntu
# 22.04, whose libstdc++ goes to 3.4.30, libtorch could be loaded and TorchSharp cannot. The versions are in the files: nothing of
# them is run here, and the 250 MB of libtorch are not fetched unless LIBTORCH=1 is set.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
packages=('<PackageReference Include="TorchSharp" Version="[0.107.0]" />')
[ "${LIBTORCH:-}" = 1 ] && packages+=('<PackageReference Include="libtorch-cpu-linux-x64" Version="[2.10.0]" />')
cat > native.csproj <<XML
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><TargetFramework>net10.0</TargetFramework><RestorePackagesPath>packages</RestorePackagesPath></PropertyGroup>
  <ItemGroup>${packages[*]}</ItemGroup>
</Project>
XML
dotnet restore native.csproj -v:q --nologo

newest() {
    grep -aoE "GLIBCXX_3\.4\.[0-9]+" "$1" | sort -uV | tail -1
}

shim=$(newest packages/torchsharp/0.107.0/runtimes/linux-x64/native/libLibTorchSharp.so)
echo "libLibTorchSharp.so of TorchSharp 0.107.0 needs $shim"
[ "$shim" = GLIBCXX_3.4.32 ]
if [ "${LIBTORCH:-}" = 1 ]; then
    torch=$(newest packages/libtorch-cpu-linux-x64/2.10.0/runtimes/linux-x64/native/libtorch_cpu.so)
    echo "libtorch_cpu.so 2.10.0 needs $torch"
    [ "$torch" = GLIBCXX_3.4.26 ]
fi

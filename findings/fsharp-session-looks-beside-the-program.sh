#!/usr/bin/env bash
# FSharp.Compiler.Service 43.10.115: an F# Interactive session in a plugin's load context starts only with --usesdkrefs-.
#
# - The compiler and its FSharp.Core are loaded from their packages, in a load context of their own, as a program does that lets its users
#   bring the compiler. The session then looks for FSharp.Core in the program's own folder and nowhere where it was loaded from.
# - Nothing says so: `Create` throws "Error creating evaluation session: StopProcessingExn", and the reason is only in the error writer.
# - With `--usesdkrefs-` (no reference assemblies of the SDK) it takes the FSharp.Core that is loaded, and runs.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > host.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup>
  <ItemGroup>
    <PackageReference Include="FSharp.Compiler.Service" Version="[43.10.115]" GeneratePathProperty="true" ExcludeAssets="runtime" />
    <PackageReference Include="FSharp.Core" Version="[10.0.115]" GeneratePathProperty="true" ExcludeAssets="runtime" />
    <AssemblyMetadata Include="FSharp.Compiler.Service" Value="$(PkgFSharp_Compiler_Service)/lib/netstandard2.0" />
    <AssemblyMetadata Include="FSharp.Core" Value="$(PkgFSharp_Core)/lib/netstandard2.1" />
  </ItemGroup>
</Project>
XML
cat > Program.cs <<'CS'
using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
var plugin = new Plugin();
AppDomain.CurrentDomain.AssemblyResolve += (_, asked) => plugin.Find(new AssemblyName(asked.Name));
var session = plugin.LoadFromAssemblyName(new AssemblyName("FSharp.Compiler.Service")).GetType("FSharp.Compiler.Interactive.Shell+FsiEvaluationSession", true)!;
Console.WriteLine($"beside the program: {File.Exists(Path.Combine(AppContext.BaseDirectory, "FSharp.Core.dll"))}");
foreach (string[] arguments in new[] { new[] { "fsi.exe", "--noninteractive", "--quiet" }, ["fsi.exe", "--noninteractive", "--quiet", "--usesdkrefs-"] })
{
    object configuration = session.GetMethod("GetDefaultConfiguration", Type.EmptyTypes)!.Invoke(null, null)!;
    var errors = new StringWriter();
    try
    {
        object made = session.GetMethod("Create")!.Invoke(null, [configuration, arguments, TextReader.Null, TextWriter.Null, errors, null, null])!;
        object result = session.GetMethods().Single(m => m.Name == "EvalExpression" && m.GetParameters().Length == 1).Invoke(made, ["1 + 2"])!;
        object value = result.GetType().GetProperty("Value")!.GetValue(result)!;
        Console.WriteLine($"{arguments[^1]}: {value.GetType().GetProperty("ReflectionValue")!.GetValue(value)}");
    }
    catch (TargetInvocationException failed)
    {
        Console.WriteLine($"{arguments[^1]}: {failed.GetBaseException().Message}");
        Console.WriteLine($"  said to the error writer: {errors.ToString().Contains("Unable to find the file") && errors.ToString().Contains("FSharp.Core.dll")}");
    }
}

class Plugin() : AssemblyLoadContext("plugin")
{
    public Assembly? Find(AssemblyName name) => Load(name);

    protected override Assembly? Load(AssemblyName name) =>
        typeof(Plugin).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(known => known.Key == name.Name) is { } known
            ? LoadFromAssemblyPath(Path.GetFullPath(Path.Combine(known.Value!, name.Name + ".dll"))) : null;
}
CS
sed -i 's|</PropertyGroup>|<Nullable>enable</Nullable></PropertyGroup>|' host.csproj
dotnet run -v q > seen
cat seen
diff seen - <<'TEXT'
beside the program: False
--quiet: Error creating evaluation session: StopProcessingExn
  said to the error writer: True
--usesdkrefs-: 3
TEXT
echo "as stated"

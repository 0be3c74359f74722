#!/usr/bin/env bash
# SkiaSharp 4.155.0: a PNG of 16 bits a channel cannot be read whole.
#
# The codec says the file is Bgra8888, and SKBitmap.Decode gives 8 bits. Asked for 16-bit integers (Rgba16161616) or floats
# (RgbaF32), which both could hold every value, GetPixels answers InvalidConversion. Only half floats (RgbaF16) come out, and these
# keep 3,073 of a ramp of 4,096 levels. So SkiaSharp is no reader for masks, depth or linear pictures that need their 16 bits.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > levels.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup>
  <ItemGroup>
    <PackageReference Include="SkiaSharp" Version="[4.155.0]" />
    <PackageReference Include="SkiaSharp.NativeAssets.Linux.NoDependencies" Version="[4.155.0]" />
    <PackageReference Include="System.IO.Hashing" Version="[10.0.0]" />
  </ItemGroup>
</Project>
XML
cat > Program.cs <<'CS'
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.IO.Hashing;
using SkiaSharp;

// One row of 4,096 greys, 16 apart.
const int Levels = 4096;
var row = new byte[1 + Levels * 6];
for (int i = 0; i < Levels * 3; i++)
    BinaryPrimitives.WriteUInt16BigEndian(row.AsSpan(1 + 2 * i), (ushort)(i / 3 * 16));
var packed = new MemoryStream();
using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
    zlib.Write(row);
var file = new MemoryStream();
file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
Chunk("IHDR"u8, [0, 0, Levels >> 8, 0, 0, 0, 0, 1, 16, 2, 0, 0, 0]);
Chunk("IDAT"u8, packed.ToArray());
Chunk("IEND"u8, []);

using var codec = SKCodec.Create(new MemoryStream(file.ToArray()));
Console.WriteLine($"the codec says {codec.Info.ColorType}; decoded {SKBitmap.Decode(file.ToArray()).ColorType}");
foreach (var type in new[] { SKColorType.Rgba8888, SKColorType.Rgba16161616, SKColorType.RgbaF16, SKColorType.RgbaF32 })
{
    var info = new SKImageInfo(Levels, 1, type, SKAlphaType.Unpremul);
    using var bitmap = new SKBitmap(info);
    var answer = codec.GetPixels(info, bitmap.GetPixels());
    var distinct = new HashSet<string>();
    for (int x = 0; x < Levels; x++)
        distinct.Add(Convert.ToHexString(bitmap.GetPixelSpan().Slice(x * info.BytesPerPixel, info.BytesPerPixel)));
    Console.WriteLine(answer == SKCodecResult.Success ? $"{type}: {distinct.Count} levels of {Levels}" : $"{type}: {answer}");
}

void Chunk(ReadOnlySpan<byte> name, byte[] data)
{
    byte[] named = [.. name, .. data];
    Span<byte> number = stackalloc byte[4];
    BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
    file.Write(number);
    file.Write(named);
    BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.HashToUInt32(named));
    file.Write(number);
}
CS
dotnet run -v q > seen
cat seen
diff seen - <<'TEXT'
the codec says Bgra8888; decoded Bgra8888
Rgba8888: 256 levels of 4096
Rgba16161616: InvalidConversion
RgbaF16: 3073 levels of 4096
RgbaF32: InvalidConversion
TEXT
echo "as stated"

#!/usr/bin/env bash
# HtmlSanitizer 10.0.1120 (AngleSharp.Css 1.3.1): a colour that follows the reader's light or dark page does not survive, and nothing is said.
#
# - `light-dark(a, b)` is answered on the spot with its light colour: text that is black on a light page and white on a dark one
#   is black for good, on the dark page as well.
# - `CanvasText`, the page's own colour of text, is dropped with its property; no event tells of either.
# - `var(--ink, black)` stays as it is, so a page that must follow the reader does it by variables.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > colours.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup>
  <ItemGroup><PackageReference Include="HtmlSanitizer" Version="[10.0.1120]" /></ItemGroup>
</Project>
XML
cat > Program.cs <<'CS'
using System;
using Ganss.Xss;
var sanitizer = new HtmlSanitizer();
sanitizer.RemovingStyle += (_, removed) => Console.WriteLine($"removed: {removed.Style.Name}");
foreach (string style in new[] { "color: light-dark(black, white)", "background-color: light-dark(white, #222)", "color: CanvasText", "color: var(--ink, black)" })
    Console.WriteLine(sanitizer.Sanitize($"<p style=\"{style}\">1</p>"));
CS
dotnet run -v q > seen
cat seen
diff seen - <<'TEXT'
<p style="color: rgba(0, 0, 0, 1)">1</p>
<p style="background-color: rgba(255, 255, 255, 1)">1</p>
<p>1</p>
<p style="color: var(--ink, black)">1</p>
TEXT
echo "as stated"

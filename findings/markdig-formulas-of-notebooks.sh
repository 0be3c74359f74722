#!/usr/bin/env bash
# Markdig 1.6.0, UseMathematics: not the formulas that a Jupyter notebook shows.
#
# - `$$x$$` on a line of its own becomes an inline formula, \(x\), like `$x$`: what Jupyter centres on a line of its own
#   stands in the text. Only a block whose `$$` are alone on their lines is displayed.
# - A formula that touches a word is text: `1/4$^{th}$`, `H$_2$O`. Jupyter's MathJax shows both.
# - `\begin{align}…\end{align}` without dollars is text; MathJax shows it.
# So a notebook's formulas need a parser of their own, even where Markdig reads the rest.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > formulas.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup>
  <ItemGroup><PackageReference Include="Markdig" Version="[1.6.0]" /></ItemGroup>
</Project>
XML
cat > Program.cs <<'CS'
using System;
using Markdig;
var pipeline = new MarkdownPipelineBuilder().UseMathematics().Build();
foreach (string source in new[] { "$x$", "$$x$$", "$$\nx\n$$", "1/4$^{th}$", "H$_2$O", "\\begin{align}x\\end{align}" })
    Console.WriteLine(Markdown.ToHtml(source, pipeline).Trim().ReplaceLineEndings(" "));
CS
dotnet run -v q > seen
cat seen
diff seen - <<'TEXT'
<p><span class="math">\(x\)</span></p>
<p><span class="math">\(x\)</span></p>
<div class="math"> \[ x \]</div>
<p>1/4$^{th}$</p>
<p>H$_2$O</p>
<p>\begin{align}x\end{align}</p>
TEXT
echo "as stated"

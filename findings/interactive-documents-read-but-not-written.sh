#!/usr/bin/env bash
# Microsoft.DotNet.Interactive.Documents 1.0.0-beta.26120.1: notebooks that it reads without a word come out changed, or not at all.
#
# Three valid notebooks (nbformat 4.5), each read by Notebook.Parse and written by ToJupyterJson:
# - an output with JSON that is an object, as every Plotly chart has one (application/vnd.plotly.v1+json): reading is fine,
#   writing throws an ArgumentException, "Expected IEnumerable<string> but received …Dictionary". Who saves over the file has lost it;
# - a Markdown cell with a picture attached: the attachments are gone, the text still names attachment:p.png;
# - a raw cell: it comes out as a code cell, so the next run executes what was meant for LaTeX.
# Metadata, tags, errors and streams of the same notebooks come through whole, which makes one trust it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > documents.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings><NuGetAudit>false</NuGetAudit>
  </PropertyGroup>
  <ItemGroup><PackageReference Include="Microsoft.DotNet.Interactive.Documents" Version="[1.0.0-beta.26120.1]" /></ItemGroup>
</Project>
XML
cat > Program.cs <<'CS'
using System.Text.Json.Nodes;
using Microsoft.DotNet.Interactive.Documents;
using Microsoft.DotNet.Interactive.Documents.Jupyter;

const string metadata = """{"kernelspec":{"display_name":".NET (C#)","language":"C#","name":".net-csharp"},"tags":["kept"]}""";
string Written(string cell)
{
    var read = Notebook.Parse($$"""{"cells":[{{cell}}],"metadata":{{metadata}},"nbformat":4,"nbformat_minor":5}""");
    try
    {
        return JsonNode.Parse(read.ToJupyterJson())!["cells"]![0]!.ToJsonString();
    }
    catch (Exception error)
    {
        return $"{error.GetType().Name}: {error.Message}";
    }
}

string chart = Written("""
    {"cell_type":"code","id":"a","execution_count":1,"metadata":{},"source":["chart"],"outputs":[{"output_type":"display_data","metadata":{},
     "data":{"application/vnd.plotly.v1+json":{"data":[{"x":[1,2],"y":[3,4]}],"layout":{}}}}]}
    """);
string picture = Written("""
    {"cell_type":"markdown","id":"b","metadata":{"tags":["figure"]},"source":["![p](attachment:p.png)"],
     "attachments":{"p.png":{"image/png":"iVBORw0KGgo="}}}
    """);
string raw = Written("""{"cell_type":"raw","id":"c","metadata":{"format":"text/latex"},"source":["\\alpha"]}""");
Console.WriteLine($"chart:   {chart}\npicture: {picture}\nraw:     {raw}");
bool asStated = chart.StartsWith("ArgumentException: Expected IEnumerable<string> but received", StringComparison.Ordinal)
    && picture.Contains("attachment:p.png") && picture.Contains("figure") && !picture.Contains("\"attachments\"")
    && raw.Contains("\"cell_type\":\"code\"") && raw.Contains("text/latex");
return asStated ? 0 : 1;
CS
dotnet run -c Release --nologo

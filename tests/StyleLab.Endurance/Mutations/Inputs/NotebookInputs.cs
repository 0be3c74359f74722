using StyleLab.Cli.Runs;
using System.Text;
using StyleLab.Jupyter.Tests.RealClients;
using StyleLab.Notebooks;

namespace StyleLab.Endurance.Mutations.Inputs;

/// <summary>Valid notebooks.</summary>
internal static class NotebookInputs
{
    private const string Rich = """
        {"cells": [
          {"cell_type": "markdown", "id": "a1", "metadata": {"tags": ["hide-input"]}, "attachments": {"dot.png": {"image/png": "iVBORw0KGgo="} },
           "source": ["# Title\n", "![dot](attachment:dot.png) $x^2$ `code`"]},
          {"cell_type": "code", "id": "b2", "execution_count": 3,
           "metadata": {"tags": ["parameters"], "polyglot_notebook": {"kernelName": "csharp"}, "dotnet_interactive": {"language": "csharp"}, "vscode": {"languageId": "polyglot-notebook"},
             "execution": {"iopub.status.busy": "2026-01-02T03:04:05.678Z", "iopub.status.idle": "2026-01-02T03:04:07Z"} },
           "outputs": [
             {"output_type": "stream", "name": "stdout", "text": ["one\n", "\u001b[31mtwo\u001b[0m\rthree"]},
             {"output_type": "display_data", "metadata": {}, "data": {"image/png": "iVBORw0KGgo=\n", "text/plain": ["a ", "picture"], "text/html": "<b>x</b>"} },
             {"output_type": "execute_result", "execution_count": 3, "metadata": {}, "data": {"application/json": {"a": [1, 2.50, null]}, "text/latex": "\\begin{matrix}1\\end{matrix}"} },
             {"output_type": "error", "ename": "E", "evalue": "v", "traceback": ["\u001b[1mline\u001b[0m", "line 2"]}],
           "source": "var x = 1;\nx"},
          {"cell_type": "raw", "id": "c3", "metadata": {}, "source": "raw \ud83d\ude00"}],
         "metadata": {"kernelspec": {"display_name": ".NET (C#)", "language": "C#", "name": ".net-csharp"}, "language_info": {"name": "C#"},
           "polyglot_notebook": {"kernelInfo": {"defaultKernelName": "csharp", "items": [{"aliases": ["c#"], "languageName": "csharp", "name": "csharp"}]} },
           "stylelab": {"duration": 1.5, "parameters": {"size": "64"}, "status": "done"} },
         "nbformat": 4, "nbformat_minor": 5}
        """;

    public static List<byte[]> Notebooks() =>
    [
        Encoding.UTF8.GetBytes(Rich),
        .. Directory.GetFiles(Path.Combine(Repository.Folder, "tests", "StyleLab.Notebooks.Tests", "Fixtures"), "*.ipynb").Order(StringComparer.Ordinal).Select(File.ReadAllBytes),
    ];

    public static List<byte[]> Dibs() => [.. Notebooks().Select(json => Encoding.UTF8.GetBytes(DibFormat.Write(Notebook.Parse(Encoding.UTF8.GetString(json)))))];

    /// <summary>The JSON below #!meta changed.</summary>
    public static byte[] WithMeta(byte[] dib, Random random)
    {
        string text = Encoding.UTF8.GetString(dib);
        int from = text.IndexOf('{', StringComparison.Ordinal), to = text.IndexOf("\n#!", from, StringComparison.Ordinal);
        return to < 0 ? dib : Encoding.UTF8.GetBytes(text[..from] + JsonMutation.Of(text[from..to], random) + text[to..]);
    }
}

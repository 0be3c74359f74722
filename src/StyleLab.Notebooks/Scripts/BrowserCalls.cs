using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.DotNet.Interactive;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace StyleLab.Notebooks;

/// <summary>
/// Calls in cells that would open a browser window with a chart: <c>chart.Show()</c> of XPlot.Plotly and Plotly.NET. In a notebook
/// the chart appears below the cell; a browser might open on another computer, or nowhere.
/// </summary>
internal static class BrowserCalls
{
    private static readonly HashSet<string> Charts =
        ["XPlot.Plotly.PlotlyChart", "Plotly.NET.GenericChart", "Plotly.NET.GenericChart/GenericChart"];

    /// <summary>Whether a cell has calls that may be such.</summary>
    public static bool MayBeIn(CSharpCompilation cell) => cell.SyntaxTrees.Any(tree => tree.GetRoot().DescendantNodes().Any(node =>
        node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Show" or "ShowAll" } }));

    /// <summary>Has them show the chart below the cell.</summary>
    public static void Redirect(ModuleDefinition cell)
    {
        MethodReference? ours = null;
        foreach (var instruction in cell.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody)
            .SelectMany(method => method.Body.Instructions).Where(OpensBrowser))
        {
            ours ??= cell.ImportReference(typeof(NotebookDisplay).GetMethod(nameof(NotebookDisplay.Show))!);
            (instruction.OpCode, instruction.Operand) = (OpCodes.Call, ours);
        }
    }

    private static bool OpensBrowser(Instruction instruction)
    {
        if (instruction.Operand is not MethodReference { Name: "Show" or "ShowAll", ReturnType.MetadataType: MetadataType.Void } called)
            return false;
        var taken = called.Parameters.Select(parameter => parameter.ParameterType).ToList();
        if (called.HasThis)
            taken.Insert(0, called.DeclaringType);
        return taken is [var only] && Charts.Contains(only is GenericInstanceType { GenericArguments: [var item] } ? item.FullName : only.FullName);
    }
}

using System.Text.RegularExpressions;

namespace StyleLab.Tensors.Tests.InstructionSets;

/// <summary>An innermost loop with multiply-adds in the machine code of a method, as .NET's compiler lists it (x86-64).</summary>
/// <param name="Lines">Its lines, from the label it jumps back to until the jump.</param>
/// <param name="FrameIsRbp">Whether rbp points to the method's stack frame; otherwise it is a register like others.</param>
internal sealed partial record MachineLoop(IReadOnlyList<string> Lines, bool FrameIsRbp)
{
    /// <summary>Multiply-adds in one round.</summary>
    public int MultiplyAdds => Lines.Count(line => line.TrimStart().StartsWith("vfmadd", StringComparison.Ordinal));

    /// <summary>Instructions that only shift values about: to or from the stack, or from one vector register to another.</summary>
    public IEnumerable<string> Wasted => Lines.Where(line => UsesStack(line) || RegisterMove().IsMatch(line));

    /// <summary>Instructions with a vector on the stack.</summary>
    public IEnumerable<string> VectorSpills => Lines.Where(line => UsesStack(line) && VectorRegister().IsMatch(line));

    private bool UsesStack(string line) => line.Contains("[rsp") || (FrameIsRbp && line.Contains("[rbp"));

    public override string ToString() => string.Join('\n', Lines);

    /// <summary>The loops of each method in a listing, by "Type:Method" or "Type:Method[TypeArgument]".</summary>
    public static Dictionary<string, List<MachineLoop>> Read(string listing)
    {
        var methods = new Dictionary<string, List<MachineLoop>>();
        foreach (var text in listing.Split("; Assembly listing for method ").Skip(1))
        {
            // Namespace.OuterType+Type:Method[Namespace.TypeArgument](ptr,long,…) (FullOpts)
            string name = Qualifier().Replace(text[..text.IndexOf('(')], "");
            methods[name] = LoopsOf(text);
        }
        return methods;
    }

    private static List<MachineLoop> LoopsOf(string method)
    {
        var lines = method.ReplaceLineEndings("\n").Split('\n');
        bool frameIsRbp = lines.Contains("; rbp based frame");
        var labels = new Dictionary<string, int>();
        var ranges = new List<(int From, int To)>();
        for (int i = 0; i < lines.Length; i++)
            if (Label().Match(lines[i]) is { Success: true } label)
                labels[label.Groups[1].Value] = i;
            else if (Jump().Match(lines[i]) is { Success: true } jump && labels.TryGetValue(jump.Groups[1].Value, out int from))
                ranges.Add((from, i));
        return [.. ranges
            .Where(range => !ranges.Any(inner => inner != range && inner.From >= range.From && inner.To <= range.To))
            .Select(range => new MachineLoop(lines[range.From..(range.To + 1)], frameIsRbp))
            .Where(loop => loop.MultiplyAdds > 0)];
    }

    [GeneratedRegex(@"\w+[.+]")]
    private static partial Regex Qualifier();

    [GeneratedRegex(@"^(G_M\w+):")]
    private static partial Regex Label();

    [GeneratedRegex(@"^\s+j\w+\s+(?:SHORT |NEAR )?(G_M\w+)")]
    private static partial Regex Jump();

    [GeneratedRegex(@"\b[xyz]mm\d+")]
    private static partial Regex VectorRegister();

    [GeneratedRegex(@"^\s+vmov[au]p[sd]\s+[xyz]mm\d+, [xyz]mm\d+\s*$")]
    private static partial Regex RegisterMove();
}

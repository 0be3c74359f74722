using StyleLab.Cli.Runs;
using System.Text;
using StyleLab.Jupyter.Tests.RealClients;
using StyleLab.Notebooks;

namespace StyleLab.Endurance.Mutations.Inputs;

/// <summary>What is published: cells of our notebooks, and corners of Markdown and C#.</summary>
internal static class PublishInputs
{
    private const string Corners = """
        # Title with `code` and $x^2$

        A paragraph with *emphasis*, **strong**, ~~struck~~, <b>HTML</b>, [a link](https://example.org "title"), <https://example.org> and a
        hard break\
        ![a picture](dot.png) [note: ![badge 0](b0.svg) ![badge 1](b1.svg)] &amp; &#x41; 😀

        - a list
          1. inside
          2. of another
        - [x] done

        > a quotation
        > > in another

        | a | b |
        |---|:-:|
        | 1 | $\frac{a}{b}$ |

        ```csharp
        var x = $"{1 + 1}";
        ```

        $$
        \begin{aligned} \sum_{i=1}^{n} \sqrt{x_i} &= \left( \frac{\alpha}{\beta} \right) \\ \mathbf{A} &\leq \text{b} \end{aligned}
        $$

        <details><summary>more</summary>

        text[^1]

        </details>

        [^1]: A footnote.
        [ref]: https://example.org
        ***
        """;

    private const string Program = """"
        #r "nuget: Some.Package, 1.0"
        using System.Linq;
        #!markdown
        /* a comment */ // another
        var a = $"{x:0.0} {{}} {y}" + @"verbatim ""quoted""" + $$"""raw {{x}}""" + 'c' + '\u0041' + 0x1F_00L + 1e-3f;
        public record struct P<T>(int X, T? Y) where T : class { public static P<T> operator +(P<T> a, P<T> b) => a with { X = b.X }; }
        async IAsyncEnumerable<int> F([EnumeratorCancellation] CancellationToken c = default) { await foreach (var i in G()) yield return i switch { > 0 and < 5 => 1, _ => throw new() }; }
        #if DEBUG
        unsafe { int* p = stackalloc int[5]; }
        #endif
        _ = from i in xs where i > 0 orderby i select new { i };
        """";

    public static IReadOnlyList<string> MarkdownWords { get; } =
    [
        "[", "]", "(", ")", "![", "](", "$", "$$", "`", "```", "*", "**", "_", "~~", "<", ">", "<!--", "</", "\n", "\n\n", "> ", "- ", "1. ", "    ", "\t", "|", "|-|\n",
        "# ", "\\", "&", "{", "}", "^", "\\frac{", "\\left(", "\\begin{matrix}", "\\end{matrix}", "\\sqrt{", "[note: ![badge 0](b0.svg) ", "[^1]", "[a]: ", "<div>\n", "---\n",
    ];

    public static IReadOnlyList<string> CodeWords { get; } =
        ["(", ")", "[", "]", "{", "}", "<", ">", "\"", "\"\"\"", "$\"", "$\"{", "@\"", "'", "/*", "//", "#", "#if ", "_ = .A", ".A", "=> ", "? ", ": ", "\\", ";", "\n", "!", "-"];

    public static List<byte[]> Markdown() => [Encoding.UTF8.GetBytes(Corners), .. Cells(CellKind.Markdown)];

    public static List<byte[]> Code() => [Encoding.UTF8.GetBytes(Program), .. Cells(CellKind.Code)];

    /// <summary>As a page, as Markdown with files, and as a Jekyll post; nothing is written.</summary>
    public static void Publish(Notebook notebook)
    {
        HtmlExport.ToHtml(notebook, "mutated");
        HtmlExport.ToHtml(notebook, "mutated", new() { Sanitize = true });
        foreach (bool isJekyll in new[] { false, true })
            MarkdownExport.Write(notebook, new PublishedAssets(name => name), new MarkdownFlavor { IsJekyll = isJekyll }, new(notebook, new()));
    }

    private static IEnumerable<byte[]> Cells(CellKind kind) =>
        Directory.GetFiles(Path.Combine(Repository.Folder, "notebooks"), "*.ipynb").Order(StringComparer.Ordinal)
            .Select(file => Notebook.Load(file).Cells.First(cell => cell.Kind == kind && cell.Source.Length > 100))
            .Select(cell => Encoding.UTF8.GetBytes(cell.Source));
}

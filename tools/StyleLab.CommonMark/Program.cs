using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using StyleLab.Notebooks;

// Renders the examples of the CommonMark specification as cells of a page are rendered, and says which come out otherwise. The
// specification is under a licence of its own and not part of this repository: spec.txt of the version one asks about is given as a path.
if (args.Length != 1 || !File.Exists(args[0]))
{
    Console.Error.WriteLine("Give the path of spec.txt, from https://github.com/commonmark/commonmark-spec at the tag of a version, such as 0.31.2.");
    return 2;
}

var examples = Regex.Matches(File.ReadAllText(args[0]).ReplaceLineEndings("\n"), "^`{32} example\n(?<markdown>.*?)^\\.\n(?<html>.*?)^`{32}$",
    RegexOptions.Multiline | RegexOptions.Singleline);
var others = new List<int>();
for (int number = 1; number <= examples.Count; number++)
{
    var example = examples[number - 1].Groups;
    string markdown = example["markdown"].Value.Replace('→', '\t'), expected = example["html"].Value.Replace('→', '\t');
    string html = new MarkdownRenderer(address => address).ToHtml(markdown);
    if (Canonical(html) == Canonical(expected))
        continue;
    others.Add(number);
    Console.WriteLine($"example {number}\n{markdown}--- expected\n{expected}--- rendered\n{html}");
}

Console.WriteLine($"{examples.Count - others.Count} of {examples.Count} as the specification has them; otherwise: {string.Join(", ", others)}");
return 0;

// As a browser reads it. Headings have addresses on a page, and code has the colours of its language in place of its name.
static string Canonical(string html)
{
    var body = new HtmlParser().ParseDocument($"<!DOCTYPE html><body>{html}").Body!;
    foreach (var heading in body.QuerySelectorAll("h1, h2, h3, h4, h5, h6"))
        heading.RemoveAttribute("id");
    foreach (var code in body.QuerySelectorAll("pre > code"))
    {
        code.RemoveAttribute("class");
        code.TextContent = code.TextContent.TrimEnd('\n');
    }

    foreach (var text in body.Descendants<IText>().Where(text => text.ParentElement?.Closest("pre, textarea, script, style") == null).ToList())
        text.Data = Regex.Replace(text.Data, "[ \n]+", " ");
    return Regex.Replace(body.InnerHtml, " *(</?(?:p|h[1-6]|ul|ol|li|blockquote|pre|hr|br|table|thead|tbody|tr|th|td|div|section)\\b[^>]*>) *", "$1").Trim();
}

using System.Globalization;
using System.Text;

namespace StyleLab.Notebooks;

/// <summary>An executed notebook as a post of a Jekyll site: front matter and Markdown under _posts, pictures under assets.</summary>
public static class JekyllExport
{
    /// <summary>Writes the post and its pictures.</summary>
    /// <param name="notebook">A notebook, normally executed; nothing is run.</param>
    /// <param name="site">The folder of the site.</param>
    /// <param name="name">What the files are called, such as the notebook's name; letters, digits and hyphens of it are kept.</param>
    /// <param name="date">The day of the post, which is part of its file's name.</param>
    /// <param name="categories">Categories of the post; there may be none.</param>
    /// <param name="options">How it is published; it cannot be sanitised.</param>
    /// <returns>The path of the post.</returns>
    /// <exception cref="NotebookException">A file cannot be written, or it is to be sanitised.</exception>
    public static string Save(Notebook notebook, string site, string name, DateOnly date,
        IReadOnlyList<string> categories, PublishOptions? options = null)
    {
        options ??= new();
        options.RequireNoSanitizing("A Jekyll post");
        var notes = new PublishNotes();
        string slug = Slug(name);
        var assets = new PublishedAssets(file => $"{{{{ \"/assets/{slug}/{file}\" | relative_url }}}}", new(options.Folder, options.AllowOutside, notes));
        string body = MarkdownExport.Write(notebook, assets, new MarkdownFlavor { IsJekyll = true, FoldCode = options.FoldCode });
        string title = HtmlExport.TitleOf(notebook) ?? name;
        string day = date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        string post = Path.Combine(site, "_posts", $"{day}-{slug}.md");
        MarkdownExport.SaveAssets(assets, Path.Combine(site, "assets", slug));
        TextFile.Write(post, $"""
            ---
            layout: post
            title: {Quoted(title)}
            date: {day}
            categories: [{string.Join(", ", categories.Select(Quoted))}]
            ---

            {WithoutTitle(body, title)}
            """);
        notes.SayTo(options.Say);
        return post;
    }

    private static string Slug(string name)
    {
        var slug = new StringBuilder();
        foreach (char c in name.ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(c))
                slug.Append(c);
            else if (slug.Length > 0 && slug[^1] != '-')
                slug.Append('-');
        }

        return slug.ToString().TrimEnd('-') is { Length: > 0 } kept ? kept : "notebook";
    }

    private static string Quoted(string text) => $"\"{text.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"";

    // The layout shows the title; it is not to stand there twice.
    private static string WithoutTitle(string body, string title)
    {
        string heading = $"# {title}\n";
        int at = body.IndexOf(heading, StringComparison.Ordinal);
        bool isLine = at == 0 || (at > 0 && body[at - 1] == '\n');
        return isLine ? body.Remove(at, heading.Length).TrimStart('\n') : body;
    }
}

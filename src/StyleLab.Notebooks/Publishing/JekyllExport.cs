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
        string body = MarkdownExport.Write(notebook, assets, new MarkdownFlavor { IsJekyll = true, FoldCode = options.FoldCode }, new(notebook, options));
        string title = HtmlExport.TitleOf(notebook) ?? name;
        string post = Path.Combine(site, FileOf(name, date));
        MarkdownExport.SaveAssets(assets, Path.Combine(site, "assets", slug));
        TextFile.Write(post, $"""
            ---
            layout: post
            title: {Quoted(title)}
            date: {Day(date)}
            categories: [{string.Join(", ", categories.Select(Quoted))}]
            ---

            {WithoutTitle(body, title)}
            """);
        notes.SayTo(options.Say);
        return post;
    }

    /// <summary>Where a post is once Jekyll has made its page, for other pages of the site: Liquid, which depends on no setting of the
    /// site.</summary>
    /// <param name="name">What the files are called.</param>
    /// <param name="date">The day of the post.</param>
    public static string AddressOf(string name, DateOnly date) =>
        $"{{{{ site.posts | where: 'path', '{FileOf(name, date)}' | map: 'url' | first | relative_url }}}}";

    private static string FileOf(string name, DateOnly date) => $"_posts/{Day(date)}-{Slug(name)}.md";

    private static string Day(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    internal static string Slug(string name)
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

    internal static string Quoted(string text) => $"\"{text.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"";

    // The layout shows the title; it is not to stand there twice.
    private static string WithoutTitle(string body, string title)
    {
        string heading = $"# {title}\n";
        int at = body.IndexOf(heading, StringComparison.Ordinal);
        bool isLine = at == 0 || (at > 0 && body[at - 1] == '\n');
        return isLine ? body.Remove(at, heading.Length).TrimStart('\n') : body;
    }
}

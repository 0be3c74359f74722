using System.Net;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Formatting;

namespace StyleLab.Notebooks.Packages;

/// <summary>The list below a cell that says which packages are being installed, and at the end which were.</summary>
internal sealed class PackageList
{
    private static readonly TimeSpan BetweenUpdates = TimeSpan.FromMilliseconds(500);

    private readonly IReadOnlyList<string> _asked;
    private readonly DisplayedValue _display;

    public PackageList(IReadOnlyList<string> asked, CellContext cell)
    {
        _asked = asked;
        _display = DisplayedValue.Show(Content("Installing Packages", asked), [], cell);
    }

    /// <summary>Lets dots grow while a task runs.</summary>
    public async Task<T> WhileAsync<T>(Task<T> work)
    {
        for (int dots = 1; await Task.WhenAny(work, Task.Delay(BetweenUpdates)).ConfigureAwait(false) != work; dots++)
            _display.Update(Content("Installing Packages", _asked.Select(name => name + new string('.', dots)).ToList()));
        return await work.ConfigureAwait(false);
    }

    public void Finish(IReadOnlyList<string> installed) => _display.Update(Content("Installed Packages", installed));

    public void Fail() => _display.Update(Content("Not Installed", _asked));

    private static MimeBundle Content(string title, IReadOnlyList<string> names) => new()
    {
        {
            MimeTypes.Html,
            $"<div><strong>{title}</strong><ul>{string.Concat(names.Select(name => $"<li><span>{WebUtility.HtmlEncode(name)}</span></li>"))}</ul></div>"
        },
        { MimeTypes.PlainText, $"{title}: {string.Join("; ", names)}" },
    };
}

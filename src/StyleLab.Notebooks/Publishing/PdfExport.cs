using System.Diagnostics;

namespace StyleLab.Notebooks;

/// <summary>An executed notebook as a PDF file: the page of <see cref="HtmlExport"/>, printed by a browser that shows no window.</summary>
public static class PdfExport
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private static readonly string[] Names =
        ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge"];

    private static readonly string[] Places =
    [
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
        @"C:\Program Files\Google\Chrome\Application\chrome.exe",
        @"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    ];

    /// <summary>Prints the notebook. The file appears complete or not at all.</summary>
    /// <param name="notebook">A notebook, normally executed; nothing is run.</param>
    /// <param name="path">The .pdf file.</param>
    /// <param name="options">How it is published; folded code is left out.</param>
    /// <exception cref="NotebookException">There is no browser of the Chromium family, it fails, or the file cannot be
    /// written.</exception>
    public static void Save(Notebook notebook, string path, PublishOptions? options = null) =>
        Save(notebook, path, options ?? new(), Browser());

    /// <inheritdoc cref="Save(Notebook, string, PublishOptions?)"/>
    internal static void Save(Notebook notebook, string path, PublishOptions options, string? browser)
    {
        if (browser == null)
        {
            throw new NotebookException(
                "A PDF is printed by a browser, and none was found: install Chromium or Google Chrome (Debian: apt install chromium), "
                + "or publish --to html and print the page from any browser.");
        }

        string work = Directory.CreateTempSubdirectory("stylelab-pdf-").FullName;
        try
        {
            string page = Path.Combine(work, "page.html"), pdf = Path.Combine(work, "page.pdf");
            HtmlExport.Save(notebook, page, Path.GetFileNameWithoutExtension(path), options);
            string said = Print(browser, page, pdf, work);
            if (!File.Exists(pdf))
                throw new NotebookException($"{browser} printed no PDF: {said}");
            TextFile.Write(path, File.ReadAllBytes(pdf));
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    /// <summary>The first browser that is installed, or null.</summary>
    private static string? Browser()
    {
        string[] endings = OperatingSystem.IsWindows() ? [".exe"] : [""];
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return Names.SelectMany(name => folders.SelectMany(folder => endings.Select(ending => Path.Combine(folder, name + ending))))
            .Concat(Places).FirstOrDefault(File.Exists);
    }

    /// <returns>What the browser said last.</returns>
    private static string Print(string browser, string page, string pdf, string work)
    {
        var start = new ProcessStartInfo(browser) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (string argument in (string[])
            ["--headless", "--disable-gpu", "--no-pdf-header-footer", $"--user-data-dir={Path.Combine(work, "profile")}", $"--print-to-pdf={pdf}"])
            start.ArgumentList.Add(argument);

        // Chromium has no sandbox for root, as in containers; the page is our own.
        if (!OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess)
            start.ArgumentList.Add("--no-sandbox");
        start.ArgumentList.Add(new Uri(page).AbsoluteUri);
        using var process = Start(start);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            return $"it took longer than {Patience.TotalSeconds} s.";
        }

        return errors.GetAwaiter().GetResult().TrimEnd().Split('\n')[^1];
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Exception failed) when (failed is System.ComponentModel.Win32Exception or IOException)
        {
            throw new NotebookException($"{start.FileName} cannot be started: {failed.Message}", failed);
        }
    }
}

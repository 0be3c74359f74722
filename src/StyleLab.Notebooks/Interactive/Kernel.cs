using Microsoft.AspNetCore.Html;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Formatting;
using StyleLab.Notebooks;

namespace Microsoft.DotNet.Interactive;

/// <summary>What every cell can call without a <c>using</c>; and, as an object, what runs the cells.</summary>
public sealed class Kernel
{
    private Kernel()
    {
    }

    /// <summary>What runs this cell.</summary>
    public static Kernel Current { get; } = new();

    /// <summary>The same, because there is only one kernel here.</summary>
    public static Kernel Root => Current;

    /// <summary>The name of its language.</summary>
    public string Name => Language.CSharp.Name;

    /// <summary>Carries out a command as a part of the running cell.</summary>
    /// <param name="command">What is to be done.</param>
    /// <param name="cancellationToken">Nothing is begun once it has fired.</param>
    /// <returns>Complete when the command has been carried out.</returns>
    public async Task<KernelCommandResult> SendAsync(KernelCommand command, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await command.RunAsync(CellContext.Required);
        return new KernelCommandResult(command);
    }

    /// <summary>Runs code as a part of the running cell: it sees what the cell has declared, and later cells see what it
    /// declares.</summary>
    public Task<KernelCommandResult> SubmitCodeAsync(string code) => SendAsync(new SubmitCode(code));

#pragma warning disable IDE1006 // The names notebooks know.
    /// <summary>
    /// Shows a value below the cell. A value that is an <see cref="IObservable{T}"/> is live: the latest value it
    /// pushed is shown, in place, as long as it pushes; when the cell is interrupted, its <c>Cancel()</c> is called.
    /// </summary>
    /// <param name="value">Anything; null is shown as such.</param>
    /// <param name="mimeTypes">Only these types, where the value can be shown in them; by default all.</param>
    /// <returns>A handle to show something else in the same place later.</returns>
    public static DisplayedValue display(object? value, params string[] mimeTypes) =>
        DisplayedValue.Show(value, mimeTypes, CellContext.Required);

    /// <summary>Takes away what the cell has shown so far.</summary>
    /// <param name="wait">Only when the next output arrives, so that nothing flickers.</param>
    public static void clear_output(bool wait = false) =>
        CellContext.Required.Outputs.PublishFromCell(new ClearOutput(wait));

    /// <summary>Asks the user for a line.</summary>
    /// <exception cref="InvalidOperationException">Nobody is there to answer.</exception>
    public static string input(string prompt = "") => CellContext.Required.Ask(prompt);

    /// <summary>Asks the user for a line that is not shown while it is typed.</summary>
    /// <exception cref="InvalidOperationException">Nobody is there to answer.</exception>
    public static PasswordString password(string prompt = "") =>
        new(CellContext.Required.Ask(prompt, isPassword: true));
#pragma warning restore IDE1006

    /// <summary>Marks a text as HTML.</summary>
    public static IHtmlContent HTML(string content) => new HtmlString(content);

    /// <summary>Runs JavaScript in the front end.</summary>
    public static void Javascript(string content) => content.DisplayAs(MimeTypes.JavaScript);

    /// <summary>Adds a style sheet to the page.</summary>
    public static void CSS(string content) => $"<style>{content}</style>".DisplayAs(MimeTypes.Html);

    /// <summary>Asks the user for a line.</summary>
    /// <exception cref="InvalidOperationException">Nobody is there to answer.</exception>
    public static Task<string> GetInputAsync(string prompt = "", string typeHint = "text") =>
        Task.FromResult(input(prompt));

    /// <summary>Asks the user for a line that is not shown while it is typed.</summary>
    /// <exception cref="InvalidOperationException">Nobody is there to answer.</exception>
    public static Task<PasswordString> GetPasswordAsync(string prompt = "") => Task.FromResult(password(prompt));
}

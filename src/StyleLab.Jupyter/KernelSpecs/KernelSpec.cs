using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using StyleLab.Files;
using StyleLab.Notebooks;

namespace StyleLab.Jupyter;

/// <summary>How Jupyter shows and starts a kernel: a folder with <c>kernel.json</c> and logos.</summary>
/// <param name="Name">The name notebooks refer to; also the name of the folder.</param>
/// <param name="DisplayName">What people see in menus.</param>
/// <param name="Language">What tools take the language for.</param>
public sealed record KernelSpec(string Name, string DisplayName, string Language)
{
    private const string Implementation = "stylelab";
    private static readonly JsonSerializerOptions Json =
        new() { WriteIndented = true, IndentSize = 1, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The name and language that .NET Interactive had, so that its notebooks open without a question.</summary>
    public static KernelSpec DotNetInteractive { get; } = new(".net-csharp", ".NET (C#)", "C#");

    /// <summary>A plain language name, for tools that put it into Markdown, such as Quarto.</summary>
    public static KernelSpec CSharp { get; } = new("csharp", "C# (StyleLab)", "csharp");

    /// <summary>The folder of this kernel among others.</summary>
    /// <param name="kernels">From <see cref="JupyterFolders"/>.</param>
    public string FolderIn(string kernels) => Path.Combine(kernels, Name);

    /// <summary>True if a folder holds a kernel spec that this program wrote.</summary>
    public static bool IsOurs(string folder)
    {
        try
        {
            return JsonText.Parse(File.ReadAllText(Path.Combine(folder, "kernel.json"))).Field("metadata").Field("implementation") is JsonValue value
                && value.TryGetValue(out string? implementation) && implementation == Implementation;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or JsonException)
        {
            return false;
        }
    }

    /// <summary>Writes the kernel spec; one that was there before is replaced.</summary>
    /// <param name="kernels">The folder of kernels.</param>
    /// <param name="program">How the kernel is started.</param>
    /// <param name="logos">The pictures that front ends show for it, by file name, such as "logo-64x64.png".</param>
    /// <returns>The folder written.</returns>
    /// <exception cref="KernelException">The folder cannot be written.</exception>
    public string Install(string kernels, KernelProgram program, IReadOnlyDictionary<string, byte[]> logos)
    {
        string folder = FolderIn(kernels);
        try
        {
            Directory.CreateDirectory(folder);
            foreach (var (name, logo) in logos)
                WholeFile.Write(Path.Combine(folder, name), file => file.Write(logo), sync: false);
            // Last, because Jupyter sees the kernel as soon as this file is there.
            WholeFile.Write(Path.Combine(folder, "kernel.json"), file => JsonSerializer.Serialize(file, (JsonNode)ToJson(program), Json), sync: false);
            return folder;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException or NotebookException)
        {
            throw new KernelException($"The kernel cannot be installed in {folder}: {failed.Message}", failed);
        }
    }

    /// <summary>Removes the kernel spec.</summary>
    /// <exception cref="KernelException">The folder cannot be removed.</exception>
    public static void Uninstall(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new KernelException($"{folder} cannot be removed: {failed.Message}", failed);
        }
    }

    private JsonObject ToJson(KernelProgram program) => new()
    {
        ["argv"] = new JsonArray([.. program.Command.Append("{connection_file}").Select(word => (JsonNode)word)]),
        ["display_name"] = DisplayName,
        ["language"] = Language,
        ["interrupt_mode"] = "message",
        ["env"] = new JsonObject(program.Environment.Select(v => KeyValuePair.Create(v.Key, (JsonNode?)v.Value))),
        ["metadata"] = new JsonObject { ["implementation"] = Implementation, ["debugger"] = false },
    };
}

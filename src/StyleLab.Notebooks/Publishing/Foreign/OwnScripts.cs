namespace StyleLab.Notebooks;

/// <summary>The handlers that figures of StyleLab bring; each is known by its whole text.</summary>
internal static class OwnScripts
{
    private static readonly HashSet<string> Handlers =
    [
        // The line of a comparison follows the pointer.
        "this.closest('figure').style.setProperty('--at', this.value + '%')",
    ];

    public static bool IsHandler(string text) => Handlers.Contains(text);
}

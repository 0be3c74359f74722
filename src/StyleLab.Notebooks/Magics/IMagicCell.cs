using Microsoft.DotNet.Interactive;

namespace StyleLab.Notebooks;

/// <summary>The cell that gives an order, and what the order can have it do.</summary>
internal interface IMagicCell : ILanguageCell
{
    /// <summary>The languages besides C#.</summary>
    SessionLanguages Languages { get; }

    /// <summary>The kernels, and what cells have told them.</summary>
    SessionKernels Kernels { get; }

    /// <summary>The texts kept with <c>#!value</c>.</summary>
    Dictionary<string, KeptText> Values { get; }

    /// <summary>The language of the piece that runs.</summary>
    Language CurrentLanguage { get; }

    /// <summary>Whether the cell asked how long it takes.</summary>
    bool IsTimed { set; }

    /// <summary>Runs code as a part of the cell.</summary>
    /// <param name="code">Text with <c>#!</c> lines.</param>
    /// <param name="language">The language of the text before the first of them; C# if null.</param>
    /// <param name="place">How errors call it.</param>
    void RunCode(string code, string? language, string? place);

    /// <summary>Asks the user; the wait ends when the cell is stopped.</summary>
    string Ask(string prompt, bool isPassword);

    /// <summary>Declares a C# variable.</summary>
    /// <param name="name">The name.</param>
    /// <param name="expression">Its value, in C#.</param>
    void Assign(string name, string expression);

    /// <summary>Makes a value known to the JavaScript below.</summary>
    void DeclareInJavaScript(string name, string json);
}

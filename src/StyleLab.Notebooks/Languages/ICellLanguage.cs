namespace StyleLab.Notebooks;

/// <summary>Runs the cells of one language other than C#, and keeps what they leave for later ones.</summary>
internal interface ICellLanguage
{
    /// <summary>What it is called.</summary>
    Language Language { get; }

    /// <summary>What can stand behind <c>#!language</c>, as <c>--name value</c>.</summary>
    IReadOnlyList<string> Options { get; }

    /// <summary>Runs text of this language.</summary>
    /// <param name="cell">The cell it stands in.</param>
    /// <param name="text">The text.</param>
    /// <param name="line">The line of the cell at which it begins, from 1.</param>
    /// <param name="options">What stands behind <c>#!language</c>.</param>
    /// <exception cref="LanguageException">Something is wrong with it.</exception>
    void Run(ILanguageCell cell, string text, int line, IReadOnlyDictionary<string, string> options);

    /// <summary>The names of the values that other languages can have.</summary>
    IEnumerable<string> Names { get; }

    /// <summary>One of these values.</summary>
    /// <exception cref="NotebookException">There is none of that name.</exception>
    object? Value(string name);

    /// <summary>Takes a value of another language over.</summary>
    /// <exception cref="NotebookException">It cannot be had in this language.</exception>
    void Take(ILanguageCell cell, string name, object? value);
}

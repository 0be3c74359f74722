namespace StyleLab.Notebooks;

/// <summary>One of the notebooks that are published together.</summary>
/// <param name="Path">Its file, which links of the others lead to.</param>
/// <param name="Notebook">What is in it; nothing is run.</param>
/// <param name="Address">Where its page is, as the pages of the others are to name it.</param>
public sealed record PublishedNotebook(string Path, Notebook Notebook, string Address);

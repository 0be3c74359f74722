namespace StyleLab.Notebooks;

/// <summary>Where a value is shown that changes.</summary>
internal interface ILivePlace
{
    /// <summary>A value as it is shown there.</summary>
    MimeBundle Format(object? value);

    void ShowFirst(MimeBundle content);

    /// <summary>Shows something else, on behalf of the cell that the place belongs to.</summary>
    void Update(MimeBundle content);

    /// <summary>Complete when everything shown before has been handed over.</summary>
    Task FlushAsync();
}

namespace StyleLab.Notebooks;

/// <summary>The cell that is written in a language, and what running it can use.</summary>
internal interface ILanguageCell
{
    /// <summary>Where relative paths begin.</summary>
    string Folder { get; }

    /// <summary>The C# cells so far.</summary>
    Script Script { get; }

    /// <summary>Fires when the cell is to stop.</summary>
    CancellationToken Cancellation { get; }

    /// <summary>Shows content below the cell.</summary>
    void Show(MimeBundle content);

    /// <summary>Runs code of others on the thread that is stopped with the cell.</summary>
    void RunStoppably(Action code);

    /// <summary>The same, until the task has ended.</summary>
    void RunStoppably(Func<Task> code);
}

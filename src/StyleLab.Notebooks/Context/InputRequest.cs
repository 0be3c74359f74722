namespace StyleLab.Notebooks;

/// <summary>A cell waits for the user to type a line.</summary>
/// <param name="Prompt">What the cell says it wants; may be empty.</param>
/// <param name="IsPassword">What is typed must not be shown.</param>
/// <param name="Cancellation">Fires when the cell is stopped while it waits; a wait of the asking thread is broken
/// too.</param>
public sealed record InputRequest(string Prompt, bool IsPassword, CancellationToken Cancellation);

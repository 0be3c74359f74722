namespace StyleLab.Notebooks;

/// <summary>A request and its response.</summary>
/// <param name="Request">Method and address.</param>
/// <param name="RequestHeaders">What was sent with it.</param>
/// <param name="Response">What came back.</param>
internal sealed record Exchange(string Request, IReadOnlyList<(string Name, string Value)> RequestHeaders, Response Response);

namespace StyleLab.Notebooks;

/// <summary>One request as a cell writes it, with <c>{{…}}</c> still in it.</summary>
/// <param name="Line">The line of its address in the cell, from 1.</param>
/// <param name="Method">The method, such as GET.</param>
/// <param name="Address">The address.</param>
internal sealed record RequestText(int Line, string Method, string Address)
{
    /// <summary>The name of <c># @name</c>, by which later requests find its response.</summary>
    public string? Name { get; init; }

    /// <summary>How long the server may take (<c># @timeout 5 s</c>); null for the usual time.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Whether the response is shown that says where to look (<c># @no-redirect</c>).</summary>
    public bool StaysThere { get; init; }

    public List<(int Line, string Name, string Value)> Headers { get; } = [];

    public string Body { get; set; } = "";
}

/// <summary><c>@name = value</c></summary>
/// <param name="Line">The line of the cell, from 1.</param>
/// <param name="Name">The name.</param>
/// <param name="Value">The value, with <c>{{…}}</c> still in it.</param>
internal sealed record VariableText(int Line, string Name, string Value);

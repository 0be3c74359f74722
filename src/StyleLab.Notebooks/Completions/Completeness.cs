namespace StyleLab.Notebooks;

/// <summary>Whether a text can be run as a cell.</summary>
public enum SubmissionState
{
    /// <summary>It can be run.</summary>
    Complete,

    /// <summary>More is expected, such as a closing brace.</summary>
    Incomplete,

    /// <summary>It is wrong, and no text after it puts it right.</summary>
    Invalid,
}

/// <summary>Whether a text can be run as a cell, and how its next line begins if not.</summary>
/// <param name="State">Whether it can be run.</param>
/// <param name="Indent">The spaces the next line begins with when more is expected, otherwise empty.</param>
public sealed record Completeness(SubmissionState State, string Indent);

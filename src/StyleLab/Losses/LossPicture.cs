namespace StyleLab.Losses;

/// <summary>What a picture is to a loss.</summary>
internal enum PictureRole
{
    /// <summary>It says what is shown.</summary>
    Content,

    /// <summary>It says how it is painted.</summary>
    Style,

    /// <summary>It says where the loss looks.</summary>
    Guide,
}

/// <summary>A picture that a loss is made of.</summary>
/// <param name="Picture">The picture.</param>
/// <param name="Role">What it is to the loss.</param>
/// <param name="Over">The picture that a guide lies over; the result if null.</param>
internal sealed record LossPicture(Picture Picture, PictureRole Role, Picture? Over = null)
{
    public static IEnumerable<LossPicture> Guide(Picture? guide, Picture? over = null) =>
        guide is null ? [] : [new(guide, PictureRole.Guide, over)];
}

namespace StyleLab.Notebooks.Widgets;

/// <summary>A dropdown, whatever it offers.</summary>
internal interface IDropdown
{
    /// <summary>What the options are called.</summary>
    IReadOnlyList<string> Labels { get; }

    /// <summary>Which is chosen, from 0.</summary>
    int Index { get; }
}

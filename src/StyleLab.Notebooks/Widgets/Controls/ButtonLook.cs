namespace StyleLab.Notebooks.Widgets;

/// <summary>The colour of a button, as the front end has it.</summary>
public enum ButtonLook
{
    /// <summary>No colour.</summary>
    Plain,

    /// <summary>For what is done most.</summary>
    Primary,

    /// <summary>For what begins or confirms.</summary>
    Success,

    /// <summary>For what tells.</summary>
    Info,

    /// <summary>For what should be thought of twice.</summary>
    Warning,

    /// <summary>For what ends or removes.</summary>
    Danger,
}

using Microsoft.DotNet.Interactive.Formatting;

namespace StyleLab.Notebooks.Widgets;

/// <summary>
/// Something that is drawn in the notebook and can be changed from both sides. Display it, or make it the value of a cell; every view shows the same. Safe
/// to use from several threads.
/// </summary>
[TypeFormatterSource(typeof(WidgetFormatters))]
public abstract class Widget : WidgetModel, IShownValue
{
    private protected Widget(WidgetClass front) : base(front) => Set("layout", ReferenceTo(Layout));

    /// <summary>How large it is.</summary>
    public Layout Layout { get; } = new();

    internal override IEnumerable<WidgetModel> Parts => [Layout];

    public override string ToString() => Still.Text(this);

    void IShownValue.ShownAt(DisplayedValue place, CellContext cell) => SessionWidgets.Current?.Shown(this, place, cell);
}

using System.Collections;
using System.Runtime.CompilerServices;
using StyleLab.Figures;

namespace StyleLab;

/// <summary>
/// Pictures and figures in rows and columns, filled from the left and from the top:
/// <c>new Grid(1, 2) { content, { result, "after 300 steps" } }</c>. Every picture keeps its proportions.
/// </summary>
[TypeFormatterSource(typeof(GridFormatters), PreferredMimeTypes = ["image/svg+xml", "image/jpeg", "application/pdf"])]
public sealed class Grid : Figure, IEnumerable
{
    private readonly List<GridItem> _items = [];

    /// <summary>Makes an empty grid.</summary>
    /// <param name="rows">1 to 100.</param>
    /// <param name="columns">1 to 100.</param>
    /// <param name="title">See <see cref="Title"/>.</param>
    /// <param name="columnLabels">See <see cref="ColumnLabels"/>.</param>
    /// <param name="rowLabels">See <see cref="RowLabels"/>.</param>
    /// <param name="cellSize">See <see cref="CellSize"/>.</param>
    /// <exception cref="StyleLabException">A number is out of range, or there are not as many labels as columns or rows.</exception>
    public Grid(int rows, int columns, string? title = null,
        IReadOnlyList<string>? columnLabels = null, IReadOnlyList<string>? rowLabels = null, int cellSize = 256)
    {
        if (rows is < 1 or > 100 || columns is < 1 or > 100)
            throw new StyleLabException($"A grid has 1 to 100 rows and 1 to 100 columns, not {rows}×{columns}.");
        Rows = rows;
        Columns = columns;
        Title = title;
        ColumnLabels = columnLabels;
        RowLabels = rowLabels;
        CellSize = cellSize;
    }

    /// <summary>Cells from top to bottom.</summary>
    public int Rows { get; }

    /// <summary>Cells from left to right.</summary>
    public int Columns { get; }

    /// <summary>Stands above the grid.</summary>
    public string? Title { get; set; }

    /// <summary>Headings above the columns, one for each.</summary>
    /// <exception cref="StyleLabException">There are not as many as columns.</exception>
    public IReadOnlyList<string>? ColumnLabels { get; set => field = Checked(value, Columns, "ColumnLabels", "column"); }

    /// <summary>Headings left of the rows, one for each.</summary>
    /// <exception cref="StyleLabException">There are not as many as rows.</exception>
    public IReadOnlyList<string>? RowLabels { get; set => field = Checked(value, Rows, "RowLabels", "row"); }

    /// <summary>The longer side of each picture in layout units (CSS pixels), 16 to 2048.</summary>
    /// <exception cref="StyleLabException">The size is out of range.</exception>
    public int CellSize
    {
        get;
        set => field = value is >= 16 and <= 2048
            ? value
            : throw new StyleLabException($"A grid's CellSize is 16 to 2048 pixels, not {value}.");
    }

    /// <summary>Puts a picture into the next cell; null leaves the cell empty.</summary>
    /// <param name="picture">What is shown; it is read when the grid is.</param>
    /// <param name="label">Stands below the picture; without one in the middle of the cell, line by line.</param>
    /// <exception cref="StyleLabException">All cells are taken.</exception>
    [OverloadResolutionPriority(1)]
    public void Add(Picture? picture, string? label = null) => Add(new GridItem(picture, null, label));

    /// <summary>Puts a plot or another grid into the next cell.</summary>
    /// <param name="figure">What is shown; it is read when the grid is.</param>
    /// <param name="label">Stands below the cell.</param>
    /// <exception cref="StyleLabException">All cells are taken, or the figure is or holds this grid.</exception>
    public void Add(Figure? figure, string? label = null)
    {
        if (figure is Grid grid && grid.Holds(this))
            throw new StyleLabException("A grid cannot hold itself; put it into another grid.");
        Add(new GridItem(null, figure, label));
    }

    private void Add(GridItem item)
    {
        if (_items.Count == Rows * Columns)
            throw new StyleLabException(
                $"A {Rows}×{Columns} grid has {_items.Count} cells and all are taken; " +
                $"make it larger, for example new Grid({Rows + 1}, {Columns}).");
        _items.Add(item);
    }

    /// <summary>
    /// A combination sheet: styles in the top row, contents in the left column, and where they meet the results.
    /// </summary>
    /// <param name="contents">One a row.</param>
    /// <param name="styles">One a column.</param>
    /// <param name="results">What to show for a content and a style; null leaves the cell empty.</param>
    /// <param name="corner">What stands at the top left, lines separated by \n.</param>
    /// <param name="contentLabels">Words below the contents, one for each.</param>
    /// <param name="styleLabels">Words below the styles, one for each.</param>
    /// <param name="cellSize">See <see cref="CellSize"/>.</param>
    /// <exception cref="StyleLabException">There are not as many labels as pictures, or no picture, or more than 99.</exception>
    public static Grid Sheet(IReadOnlyList<Picture> contents, IReadOnlyList<Picture> styles, Func<int, int, Picture?> results,
        string corner = "style →\ncontent ↓", IReadOnlyList<string>? contentLabels = null, IReadOnlyList<string>? styleLabels = null,
        int cellSize = 192)
    {
        if (contents.Count is < 1 or > 99 || styles.Count is < 1 or > 99)
            throw new StyleLabException($"A sheet has 1 to 99 contents and 1 to 99 styles, not {contents.Count} and {styles.Count}.");
        Checked(contentLabels, contents.Count, nameof(contentLabels), "content");
        Checked(styleLabels, styles.Count, nameof(styleLabels), "style");
        var sheet = new Grid(contents.Count + 1, styles.Count + 1, cellSize: cellSize);
        sheet.Add((Picture?)null, corner);
        for (int style = 0; style < styles.Count; style++)
            sheet.Add(styles[style], styleLabels?[style]);
        for (int content = 0; content < contents.Count; content++)
        {
            sheet.Add(contents[content], contentLabels?[content]);
            for (int style = 0; style < styles.Count; style++)
                sheet.Add(results(content, style));
        }
        return sheet;
    }

    internal IReadOnlyList<GridItem> Items => _items;

    internal override (double Width, double Height) Size => new GridLayout(this).Size;

    internal override double PreferredScale =>
        _items.Select(item => item.PreferredScale(CellSize)).DefaultIfEmpty(1).Max();

    internal override void Draw(ICanvas canvas, double width, double height) => new GridLayout(this).Draw(canvas);

    private protected override string Summary
    {
        get
        {
            var labels = _items.Select(item => item.Label).Where(label => !string.IsNullOrWhiteSpace(label)).ToArray();
            string title = string.IsNullOrWhiteSpace(Title) ? "" : $" “{Title}”";
            return $"{Rows}×{Columns} grid{title}{(labels.Length > 0 ? ": " + string.Join(", ", labels) : "")}";
        }
    }

    IEnumerator IEnumerable.GetEnumerator() =>
        _items.Select(item => (object?)item.Picture ?? item.Figure).GetEnumerator();

    private bool Holds(Grid other) =>
        this == other || _items.Any(item => item.Figure is Grid grid && grid.Holds(other));

    private static IReadOnlyList<string>? Checked(IReadOnlyList<string>? labels, int count, string name, string each) =>
        labels == null || labels.Count == count
            ? labels
            : throw new StyleLabException(
                $"The grid has {count} {each}s but {name} has {labels.Count} texts; give one for each {each}.");
}

namespace StyleLab.Figures;

/// <summary>Where everything of a grid stands. A column is as wide as its widest item, a row as high as its highest.</summary>
internal sealed class GridLayout
{
    private const double Margin = 10, Gap = 8, TitleSize = 15, HeadingSize = 13, LabelSize = 12, LabelLine = 15;

    private readonly Grid _grid;
    private readonly double[] _columnLefts, _columnWidths, _rowTops, _rowHeights;

    public GridLayout(Grid grid)
    {
        _grid = grid;
        _columnWidths = [.. Enumerable.Range(0, grid.Columns).Select(column => Largest(
            grid.Items.Where((_, i) => i % grid.Columns == column).Select(item => item.Fit(grid.CellSize).Width)))];
        _rowHeights = [.. Enumerable.Range(0, grid.Rows).Select(row => Largest(
            ItemsOf(row).Select(item => item.Fit(grid.CellSize).Height)))];

        double left = Margin + (grid.RowLabels == null ? 0 : HeadingSize + 10);
        double top = Margin + (HasTitle ? TitleSize + 12 : 0) + (grid.ColumnLabels == null ? 0 : HeadingSize + 8);
        _columnLefts = new double[grid.Columns];
        for (int column = 0; column < grid.Columns; left += _columnWidths[column++] + Gap)
            _columnLefts[column] = left;
        _rowTops = new double[grid.Rows];
        for (int row = 0; row < grid.Rows; row++)
        {
            _rowTops[row] = top;
            int lines = ItemsOf(row).Select((item, column) => Lines(item, column).Count).DefaultIfEmpty(0).Max();
            top += _rowHeights[row] + (lines == 0 ? 0 : lines * LabelLine + 6) + Gap;
        }
        Size = (left - Gap + Margin, top - Gap + Margin);
    }

    public (double Width, double Height) Size { get; }

    private bool HasTitle => !string.IsNullOrWhiteSpace(_grid.Title);

    public void Draw(ICanvas canvas)
    {
        double middle = (_columnLefts[0] + _columnLefts[^1] + _columnWidths[^1]) / 2;
        if (HasTitle)
            canvas.Text(TextFitting.Shorten(_grid.Title!, TitleSize, Size.Width - 2 * Margin),
                new(middle, Margin + TitleSize * 0.8), new(TitleSize, Bold: true));
        for (int column = 0; column < _grid.ColumnLabels?.Count; column++)
            canvas.Text(TextFitting.Shorten(_grid.ColumnLabels[column], HeadingSize, _columnWidths[column]),
                new(_columnLefts[column] + _columnWidths[column] / 2, _rowTops[0] - 8), new(HeadingSize));
        for (int row = 0; row < _grid.RowLabels?.Count; row++)
            canvas.Text(TextFitting.Shorten(_grid.RowLabels[row], HeadingSize, _rowHeights[row]),
                new(_columnLefts[0] - 9, _rowTops[row] + _rowHeights[row] / 2), new(HeadingSize, Upwards: true));
        for (int i = 0; i < _grid.Items.Count; i++)
            DrawItem(canvas, _grid.Items[i], i / _grid.Columns, i % _grid.Columns);
    }

    private void DrawItem(ICanvas canvas, GridItem item, int row, int column)
    {
        var cell = new Box(_columnLefts[column], _rowTops[row], _columnWidths[column], _rowHeights[row]);
        item.Draw(canvas, cell, _grid.CellSize);
        string[] lines = item.IsWords
            ? [.. item.Label!.Split('\n').Select(line => TextFitting.Shorten(line, LabelSize, cell.Width))]
            : [.. Lines(item, column)];
        double baseline = item.IsWords
            ? cell.CenterY - (lines.Length - 1) * LabelLine / 2 + new TextStyle(LabelSize).HalfCap
            : cell.Bottom + 3 + LabelSize;
        foreach (string line in lines)
        {
            canvas.Text(line, new(cell.CenterX, baseline), new(LabelSize));
            baseline += LabelLine;
        }
    }

    private IReadOnlyList<string> Lines(GridItem item, int column) =>
        string.IsNullOrWhiteSpace(item.Label) || item.IsWords ? [] : TextFitting.TwoLines(item.Label, LabelSize, _columnWidths[column]);

    private IEnumerable<GridItem> ItemsOf(int row) => _grid.Items.Skip(row * _grid.Columns).Take(_grid.Columns);

    // Rows and columns without an item keep their place while a grid is being filled.
    private double Largest(IEnumerable<double> sizes) => sizes.DefaultIfEmpty(_grid.CellSize).Max();
}

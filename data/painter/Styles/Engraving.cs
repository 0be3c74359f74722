namespace StyleLab.Painter; internal static class Engraving { public static Picture Paint() => new Canvas().Finish(); }

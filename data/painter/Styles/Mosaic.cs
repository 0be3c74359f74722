namespace StyleLab.Painter; internal static class Mosaic { public static Picture Paint() => new Canvas().Finish(); }

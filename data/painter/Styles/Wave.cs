namespace StyleLab.Painter; internal static class Wave { public static Picture Paint() => new Canvas().Finish(); }

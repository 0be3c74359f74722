namespace StyleLab.Endurance.Costs;

/// <summary>A loop that does little else than to loop.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Code">A body of a method that returns a double.</param>
/// <param name="Members">What it calls.</param>
internal sealed record TightLoop(string Name, string Code, string Members = "")
{
    public static IReadOnlyList<TightLoop> All { get; } =
    [
        new("sum of an array", "var a = new int[10_000]; long s = 0; for (int r = 0; r < 200; r++) for (int i = 0; i < a.Length; i++) s += a[i]; return s;"),
        new("matrix product", "const int n = 70; double[,] a = new double[n, n], b = new double[n, n], c = new double[n, n]; for (int i = 0; i < n; i++) for (int j = 0; j < n; j++) { double s = 0; for (int k = 0; k < n; k++) s += a[i, k] * b[k, j]; c[i, j] = s; } return c[1, 1];"),
        new("sum of floats", "float s = 0, x = 1; for (int i = 0; i < 500_000; i++) { s += x * 0.5f; x += 0.25f; } return s;"),
        new("sieve", "var no = new bool[300_000]; int count = 0; for (int i = 2; i < no.Length; i++) { if (no[i]) continue; count++; for (int j = 2 * i; j < no.Length; j += i) no[j] = true; } return count;"),
        new("string building", "var t = new System.Text.StringBuilder(); for (int i = 0; i < 500_000; i++) { t.Append(i % 10); t.Append(' '); } return t.Length;"),
        new("recursion", "return Fib(28);", "static int Fib(int n) => n < 2 ? n : Fib(n - 1) + Fib(n - 2);"),
        new("LINQ with lambdas", "return Enumerable.Range(0, 200_000).Where(i => i % 3 == 0).Select(i => i * 2.0).Sum();"),
        new("Collatz", "long most = 0; for (int n = 1; n < 2_500; n++) { long x = n, steps = 0; while (x != 1) { x = x % 2 == 0 ? x / 2 : 3 * x + 1; steps++; } if (steps > most) most = steps; } return most;"),
    ];
}

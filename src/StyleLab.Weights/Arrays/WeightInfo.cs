namespace StyleLab;

/// <summary>A tensor in a weights file: its name, the type of its numbers, its sizes.</summary>
/// <param name="Name">The name, such as <c>features.0.weight</c>.</param>
/// <param name="NumberType">How the file holds the numbers: <c>float32</c>, <c>float16</c>, <c>bfloat16</c>, <c>int64</c>, ….</param>
/// <param name="Shape">The sizes, outermost first; an empty shape is one number.</param>
public sealed record WeightInfo(string Name, string NumberType, IReadOnlyList<int> Shape)
{
    /// <summary>One line: <c>features.0.weight float32 [64, 3, 3, 3]</c>.</summary>
    public override string ToString() => $"{Name} {NumberType} {WeightArray.TextOf(Shape)}";
}

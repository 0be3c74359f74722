namespace StyleLab.Tensors.Operations;

/// <summary>(x, y, …) → the single value of a function that other code computes.</summary>
internal sealed record Foreign(IForeignFunction Function) : Operation;

/// <summary>(the value) → the gradient of the function at input <paramref name="Input"/>, which it found along with the value.</summary>
internal sealed record ForeignGradient(IForeignFunction Function, int Input) : Operation;

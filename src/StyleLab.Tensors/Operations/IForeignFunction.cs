namespace StyleLab.Tensors.Operations;

/// <summary>What a graph knows of a function that other code computes: nothing. Engines know it as a <c>ForeignFunction</c>.</summary>
public interface IForeignFunction;

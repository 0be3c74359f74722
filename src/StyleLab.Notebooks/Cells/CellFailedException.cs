namespace StyleLab.Notebooks;

/// <summary>A cell ended with an error; carries what to show.</summary>
internal sealed class CellFailedException(ErrorOutput error) : Exception(error.Message), IDescribedProblem
{
    public ErrorOutput ToOutput() => error;
}

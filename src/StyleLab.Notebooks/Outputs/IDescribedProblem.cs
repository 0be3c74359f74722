namespace StyleLab.Notebooks;

/// <summary>An exception that knows best how it is told.</summary>
internal interface IDescribedProblem
{
    /// <summary>What is shown of it.</summary>
    ErrorOutput ToOutput();
}

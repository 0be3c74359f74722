using System.Globalization;

namespace StyleLab.Cli.Outputs;

/// <summary>What a run leaves beside its output while it goes on: pictures of its steps, and the file it can be taken up from.</summary>
internal sealed class StepSaver(string output, int? every)
{
    private bool _wrote, _failed;

    /// <summary>The file that <c>--resume</c> takes.</summary>
    public string Checkpoint { get; } = CheckpointOf(output);

    /// <summary>The file of a run that writes to <paramref name="output"/>, such as painted.resume.safetensors for painted.png.</summary>
    public static string CheckpointOf(string output) => Path.ChangeExtension(output, ".resume.safetensors");

    /// <summary>The file of a step, such as painted-step-050.png; digits enough for all steps, so that names sort.</summary>
    public static string PictureOf(string output, int step, int steps)
    {
        string number = step.ToString(CultureInfo.InvariantCulture).PadLeft(steps.ToString(CultureInfo.InvariantCulture).Length, '0');
        return Path.ChangeExtension(output, null) + $"-step-{number}{Path.GetExtension(output)}";
    }

    /// <summary>Saves a step whose turn it is. One that cannot be written costs a sentence and not the run.</summary>
    public void See(SynthesisStep step)
    {
        if (every is not { } n || step.Index % n != 0 || step.Index == step.Steps)
            return;
        try
        {
            step.FinishedPicture.Save(PictureOf(output, step.Index, step.Steps));
            step.Save(Checkpoint);
            _wrote = true;
        }
        catch (StyleLabException error) when (!_failed)
        {
            _failed = true;
            Console.Error.WriteLine($"Warning: Step {step.Index} is not saved: {error.Message}");
        }
        catch (StyleLabException)
        {
            // Said once.
        }
    }

    /// <summary>Keeps an interrupted run, and says where; null if that is not possible, which is told.</summary>
    public string? Keep(SynthesisResult result)
    {
        try
        {
            return Rescue.Save(Checkpoint, result.Save);
        }
        catch (StyleLabException error)
        {
            Console.Error.WriteLine($"The run cannot be taken up again: {error.Message}");
            return null;
        }
    }

    /// <summary>A finished run needs nothing of its own to be taken up from.</summary>
    public void Finish()
    {
        if (_wrote)
            Discard();
    }

    /// <summary>Deletes what the run could be taken up from, whoever left it.</summary>
    public void Discard()
    {
        try
        {
            File.Delete(Checkpoint);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"{Checkpoint} is of no use any more, but cannot be deleted: {error.Message}");
        }
    }
}

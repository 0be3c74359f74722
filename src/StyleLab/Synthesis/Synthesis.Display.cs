namespace StyleLab;

public sealed partial class Synthesis
{
    private void Publish(SynthesisStep step) { }
    private void PublishResult(SynthesisResult result) { }
    private void PublishError(Exception error) { }
}

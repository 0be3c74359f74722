namespace Microsoft.DotNet.Interactive;

/// <summary>What a package does to a notebook when it is installed; found in its folder
/// <c>interactive-extensions/dotnet</c>.</summary>
public interface IKernelExtension
{
    /// <summary>Called once, when the package has been installed.</summary>
    /// <param name="kernel">What holds the kernels of all languages: a <see cref="CompositeKernel"/>.</param>
    Task OnLoadAsync(Kernel kernel);
}

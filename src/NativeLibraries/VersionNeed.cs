namespace StyleLab.NativeLibraries;

/// <summary>A version of another library that one asks for when it is loaded, such as GLIBCXX_3.4.32 of libstdc++.so.6.</summary>
/// <param name="Library">The other library.</param>
/// <param name="Version">The version's name.</param>
/// <param name="Index">The number by which symbols of that version refer to it.</param>
/// <param name="IsWeak">True if loading goes on without it.</param>
/// <param name="FlagsAt">Where in the file it is said whether it is weak.</param>
internal sealed record VersionNeed(string Library, string Version, int Index, bool IsWeak, long FlagsAt);

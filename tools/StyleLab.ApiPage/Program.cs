using StyleLab.ApiPage;

var folder = args.Length > 0 ? args[0] : Directory.GetCurrentDirectory();
while (!File.Exists(Path.Combine(folder, "StyleLab.sln")))
    folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("Run this in the folder of StyleLab.sln, or below it.");
var page = Page.Write(folder);
File.WriteAllText(Path.Combine(folder, Page.File), page);
Console.WriteLine($"{Page.File}: {page.Count(c => c == '\n')} lines");

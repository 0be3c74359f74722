using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace StyleLab.Animations;

/// <summary>An animation as an MP4 file, encoded by the program ffmpeg.</summary>
internal static class Film
{
    private const int FramesPerSecond = 25;

    public static void Save(Animation animation, string path)
    {
        WholeFile.Make(path, temporary => Encode(animation, temporary, path));
    }

    private static void Encode(Animation animation, string temporary, string path)
    {
        using var ffmpeg = Start(animation.Size, temporary, path);
        // Read while writing: a full pipe of messages would stop ffmpeg, and with it us.
        var messages = ffmpeg.StandardError.ReadToEndAsync();
        try
        {
            using var input = ffmpeg.StandardInput.BaseStream;
            int shown = 0;
            double time = 0;
            foreach (var frame in animation)
            {
                byte[] rgb = [.. animation.Shown(frame).ToPackedRgb().SelectMany(p => new[] { (byte)(p >> 16), (byte)(p >> 8), (byte)p })];
                time += frame.Seconds;
                int end = Math.Max(shown + 1, (int)Math.Round(time * FramesPerSecond));
                for (; shown < end; shown++)
                    input.Write(rgb);
            }
        }
        catch (IOException)
        {
            // It has ended early; its messages say why.
        }
        ffmpeg.WaitForExit();
        if (ffmpeg.ExitCode != 0)
        {
            string reason = messages.Result.TrimEnd().Split('\n')[^1].Trim().TrimEnd('.');
            throw new StyleLabException($"{path} cannot be written: ffmpeg says \"{reason}\"; an animated GIF (.gif) needs no ffmpeg.");
        }
    }

    private static Process Start((int Width, int Height) size, string temporary, string path)
    {
        var call = new ProcessStartInfo("ffmpeg") { RedirectStandardInput = true, RedirectStandardError = true };
        // The usual players want half as many colour samples as pixels, and so an even size.
        string arguments = string.Create(CultureInfo.InvariantCulture,
            $"-y -v error -f rawvideo -pix_fmt rgb24 -s {size.Width}x{size.Height} -r {FramesPerSecond} -i - " +
            $"-vf crop=trunc(iw/2)*2:trunc(ih/2)*2,scale=out_color_matrix=bt709:out_range=tv -pix_fmt yuv420p " +
            $"-c:v libx264 -crf 18 -colorspace bt709 -color_primaries bt709 -color_trc bt709 -movflags +faststart -f mp4");
        foreach (string argument in (IEnumerable<string>)[.. arguments.Split(' '), Path.GetFullPath(temporary)])
            call.ArgumentList.Add(argument);
        try
        {
            return Process.Start(call)!;
        }
        catch (Win32Exception e)
        {
            throw new StyleLabException(
                $"{path} cannot be written: MP4 films are encoded by the program ffmpeg, which is not installed or not on the PATH; " +
                "install it, or save an animated GIF (.gif) instead.", e);
        }
    }
}

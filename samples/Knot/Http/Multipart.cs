using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Knot.Files;
using Microsoft.Win32.SafeHandles;
using Tame.Http;

namespace Knot.Http;

/// <summary>Parts of a file to send.</summary>
internal sealed record Parts(Representation Form, SafeFileHandle File, List<ByteRange> Ranges, bool Varies);

/// <summary>Answers with status 206: one part as the body, several as multipart/byteranges (RFC 9110, sections 14.6 and 15.3.7).</summary>
internal static partial class Multipart
{
    [Tamed] public static partial void Send(HttpResponse response, Parts parts, Event sent);

    private static void SendBody(HttpResponse response, Parts parts, Event sent)
    {
        var (form, file, ranges, varies) = parts;
        response.Status = 206;
        foreach (var (name, value) in form.Fields(varies))
            response.AddField(name, value);
        if (ranges is [var only])
        {
            response.AddField("Content-Type", form.ContentType);
            response.AddField("Content-Range", only.Of(form.Length));
            twait(e => response.SendFile(file, only.First, only.Length, e));
            sent.Trigger();
            return;
        }
        string boundary = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        byte[][] heads = [.. ranges.Select(range => Encoding.ASCII.GetBytes($"\r\n--{boundary}\r\nContent-Type: {form.ContentType}\r\nContent-Range: {range.Of(form.Length)}\r\n\r\n"))];
        byte[] end = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\r\n--{boundary}--\r\n"));
        response.AddField("Content-Type", $"multipart/byteranges; boundary={boundary}");
        response.ContentLength = ranges.Sum(range => range.Length) + heads.Sum(head => head.Length) + end.Length;
        for (int i = 0; i < ranges.Count; i++)
        {
            response.Write(heads[i]);
            twait(e => response.SendFile(file, ranges[i].First, ranges[i].Length, e));
        }
        response.Write(end);
        sent.Trigger();
    }
}

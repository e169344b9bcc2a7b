using System.Text;

namespace Tame.ThreadServer;

/// <summary>What the head of a request says, so far as this server heeds it.</summary>
/// <param name="Status">200, or the status with which the request is refused.</param>
/// <param name="Path">The path, decoded and without its query.</param>
/// <param name="IsHead">The method is HEAD.</param>
/// <param name="KeepsAlive">The connection stays open behind the answer.</param>
internal readonly record struct RequestHead(int Status, string Path, bool IsHead, bool KeepsAlive)
{
    /// <summary>Reads a head, its last empty line included.</summary>
    public static RequestHead Parse(ReadOnlySpan<byte> head)
    {
        string[] lines = Encoding.Latin1.GetString(head).Split("\r\n");
        if (lines[0].Split(' ') is not [var method, ['/', ..] and var target, "HTTP/1.1" or "HTTP/1.0"])
            return new RequestHead(400, "", false, false);
        bool isNew = lines[0].EndsWith('1'), keepsAlive = isNew;
        int hosts = 0;
        foreach (string line in lines[1..^2])
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || line.AsSpan(0, colon).ContainsAny(' ', '\t'))
                return new RequestHead(400, "", false, false);
            string value = line[(colon + 1)..].Trim();
            switch (line[..colon].ToLowerInvariant())
            {
                case "connection":
                    keepsAlive = isNew ? !value.Contains("close", StringComparison.OrdinalIgnoreCase) : value.Equals("keep-alive", StringComparison.OrdinalIgnoreCase);
                    break;
                case "host":
                    hosts++;
                    break;
                case "transfer-encoding" or "content-length" when value != "0":
                    return new RequestHead(413, "", false, false);      // no request that this server answers has a body
            }
        }
        if (hosts > 1 || (isNew && hosts == 0))
            return new RequestHead(400, "", false, false);
        return method is "GET" or "HEAD" ? new RequestHead(200, Decode(target), method == "HEAD", keepsAlive) : new RequestHead(501, "", false, false);
    }

    private static string Decode(string target) => Uri.UnescapeDataString(target.Split('?')[0]);
}

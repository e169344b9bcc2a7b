using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Tame.Http;

namespace Knot;

/// <summary>The format of the log.</summary>
internal enum LogFormat
{
    None,

    /// <summary>The common log format of NCSA's and Apache's servers.</summary>
    Common,

    /// <summary>A JSON object per line.</summary>
    Json,
}

/// <summary>Writes a line for each request. Lines are collected and written together.</summary>
internal sealed class AccessLog(LogFormat format, TextWriter output)
{
    private const int Full = 64 * 1024;
    private readonly ArrayBufferWriter<byte> _lines = new(4096);

    public void Add(HttpExchange exchange)
    {
        if (format == LogFormat.Json)
            AddJson(exchange);
        else
            AddCommon(exchange);
        _lines.Write("\n"u8);
        if (_lines.WrittenCount >= Full)
            Flush();
    }

    public void Flush()
    {
        if (_lines.WrittenCount == 0)
            return;
        output.Write(Encoding.UTF8.GetString(_lines.WrittenSpan));
        output.Flush();
        _lines.Clear();
    }

    /// <summary>Targets are visible ASCII. A quote in one would end the field early, so it is escaped.</summary>
    private void AddCommon(HttpExchange exchange)
    {
        var request = exchange.Request;
        string target = request.Target.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
        string line = target.Length == 0 ? "-" : $"{request.Method} {target} HTTP/{request.Version}";
        var text = string.Create(CultureInfo.InvariantCulture,
            $"{Client(exchange)} - - [{DateTimeOffset.UtcNow:dd/MMM/yyyy:HH:mm:ss} +0000] \"{line}\" {exchange.Response.Status} {exchange.Response.BodyBytes}");
        _lines.Write(Encoding.UTF8.GetBytes(text));
    }

    private void AddJson(HttpExchange exchange)
    {
        var request = exchange.Request;
        using var json = new Utf8JsonWriter(_lines);
        json.WriteStartObject();
        json.WriteString("time"u8, DateTimeOffset.UtcNow);
        json.WriteString("client"u8, Client(exchange));
        json.WriteString("method"u8, request.Method);
        json.WriteString("target"u8, request.Target);
        json.WriteString("version"u8, request.Version.ToString());
        json.WriteNumber("status"u8, exchange.Response.Status);
        json.WriteNumber("bytes"u8, exchange.Response.BodyBytes);
        json.WriteNumber("ms"u8, Math.Round(exchange.Elapsed.TotalMilliseconds, 3));
        foreach (string name in (ReadOnlySpan<string>)["Host", "Referer", "User-Agent"])
        {
            if (request.Fields[name] is { } value)
                json.WriteString(name.ToLowerInvariant(), value);
        }
        json.WriteEndObject();
    }

    private static string Client(HttpExchange exchange) => exchange.Connection.RemoteEndPoint is IPEndPoint { Address: var address } ? address.ToString() : "-";
}

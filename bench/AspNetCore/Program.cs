// Plaintext from Kestrel: over one of its transports, or over its own sockets with the answer of another method. `run` puts wrk on each in turns.
using System.Globalization;
using AspNetCoreBench;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Tame.AspNetCore;

if (args is not [var port, "sockets" or "inline" or "tame" or "kept" or "async" or "loop" or "strand"])
{
    Console.Error.WriteLine("usage: AspNetCore PORT sockets|inline|tame|kept|async|loop|strand");
    return 1;
}

var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.Listen(System.Net.IPAddress.Loopback, int.Parse(port, CultureInfo.InvariantCulture)));
if (args[1] is "tame" or "kept")
    builder.WebHost.UseTame(options => options.KeepHandlersOnLoop = args[1] == "kept");
else if (args[1] == "inline")
    builder.Services.Configure<SocketTransportOptions>(options => options.UnsafePreferInlineScheduling = true);

byte[] plain = "Hello, World!"u8.ToArray();
var app = builder.Build();
if (args[1] is "async" or "loop" or "strand")
{
    var answers = new Answers(args[1], plain);
    app.Run(async context => await Write(context, await answers.Get()));
}
else
{
    app.Run(context => Write(context, plain));
}
app.Run();
return 0;

static Task Write(HttpContext context, byte[] body)
{
    context.Response.ContentType = "text/plain";
    context.Response.ContentLength = body.Length;
    return context.Response.Body.WriteAsync(body).AsTask();
}

// Plaintext from Kestrel, over one of its transports. `run` puts wrk on each in turns.
using System.Globalization;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Tame.AspNetCore;

if (args is not [var port, "sockets" or "inline" or "tame" or "kept"])
{
    Console.Error.WriteLine("usage: AspNetCore PORT sockets|inline|tame|kept");
    return 1;
}

var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.Listen(System.Net.IPAddress.Loopback, int.Parse(port, CultureInfo.InvariantCulture)));
if (args[1] is "tame" or "kept")
    builder.WebHost.UseTame(options => options.KeepHandlersOnLoop = args[1] == "kept");
else if (args[1] == "inline")
    builder.Services.Configure<SocketTransportOptions>(options => options.UnsafePreferInlineScheduling = true);

byte[] body = "Hello, World!"u8.ToArray();
var app = builder.Build();
app.Run(context =>
{
    context.Response.ContentType = "text/plain";
    context.Response.ContentLength = body.Length;
    return context.Response.Body.WriteAsync(body).AsTask();
});
app.Run();
return 0;

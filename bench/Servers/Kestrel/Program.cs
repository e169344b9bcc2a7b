// The smallest fair Kestrel server: one file, read once, written from memory, or a folder by the middleware for static files. No routing, no logging.
// `slim` takes the builder that people use with NativeAOT, with its configuration; the empty one is smaller still.
using Microsoft.Extensions.FileProviders;

if (args is not [var port, var file, .. var rest] || rest is not ([] or ["slim"]))
{
    Console.Error.WriteLine("usage: Kestrel PORT FILE|DIR [slim]");
    return 1;
}

WebApplicationBuilder builder;
if (rest is ["slim"])
{
    builder = WebApplication.CreateSlimBuilder();
    builder.Logging.ClearProviders();
}
else
{
    builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
    builder.WebHost.UseKestrelCore();
}

builder.WebHost.ConfigureKestrel(options => options.ListenLocalhost(int.Parse(port, System.Globalization.CultureInfo.InvariantCulture)));
if (Directory.Exists(file))
{
    builder.WebHost.UseSockets(options => options.Backlog = 4096);
    var folder = builder.Build();
    folder.UseStaticFiles(new StaticFileOptions { FileProvider = new PhysicalFileProvider(Path.GetFullPath(file)), ServeUnknownFileTypes = true });
    folder.Run();
    return 0;
}

var body = File.ReadAllBytes(file);
var target = "/" + Path.GetFileName(file);
var app = builder.Build();
app.Run(context =>
{
    if (context.Request.Path != target)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    context.Response.ContentType = "text/html; charset=utf-8";
    context.Response.ContentLength = body.Length;
    return context.Response.Body.WriteAsync(body).AsTask();
});
app.Run();
return 0;

using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Cardea.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class LostAnswers : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<byte[]>(
                name: "FormerSecretHash",
                table: "Sessions",
                type: "bytea",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "SecretRenewedAt",
                table: "Sessions",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "SuccessorKey",
                table: "Sessions",
                type: "bytea",
                maxLength: 32,
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Sessions_FormerSecretHash",
                table: "Sessions",
                column: "FormerSecretHash",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Sessions_FormerSecretHash",
                table: "Sessions");

            migrationBuilder.DropColumn(
                name: "FormerSecretHash",
                table: "Sessions");

            migrationBuilder.DropColumn(
                name: "SecretRenewedAt",
                table: "Sessions");

            migrationBuilder.DropColumn(
                name: "SuccessorKey",
                table: "Sessions");
        }
    }
}
